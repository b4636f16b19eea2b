// Finds the number that a puzzle asks for, in small portions, so that the page stays alive meanwhile.
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'

const PORTION = 25 // milliseconds

export async function solve(puzzle) {
  const { salt, nonce, keyPrefix } = puzzle.parameters
  const head = hexToBytes(salt + nonce)
  const input = new Uint8Array(head.length + 4)
  input.set(head)
  const counterAt = new DataView(input.buffer)
  let end = performance.now() + PORTION
  for (let counter = 0; counter <= 0xffffffff; counter += 1) {
    counterAt.setUint32(head.length, counter)
    const key = bytesToHex(sha256(input))
    if (key.startsWith(keyPrefix)) {
      return btoa(JSON.stringify({ challenge: puzzle, solution: { counter, derivedKey: key } }))
    }
    if (counter % 256 === 0 && performance.now() > end) {
      await new Promise((resume) => setTimeout(resume))
      end = performance.now() + PORTION
    }
  }
  throw new Error('the puzzle has no answer')
}
