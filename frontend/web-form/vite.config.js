import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

// One script without imports and with its own styles: it runs on pages that know nothing of us.
export default defineConfig({
  root: here('.'),
  build: {
    outDir: here('../../src/okno/static/dist/web-form'),
    emptyOutDir: true,
    target: ['chrome123', 'firefox128', 'safari17.5'],
    lib: { entry: here('okno-form.js'), name: 'OknoForm', formats: ['iife'], fileName: () => 'okno-form.js' },
  },
})
