// Which items of a request form are not asked: the rule of okno/workflow/rules/asking.py once more, so that questions
// come and go while one answers. The server decides by its own; a test lays both over the same cases.
const blank = /^[ \t\r\n\u00a0]+|[ \t\r\n\u00a0]+$/g

const textsOf = (values) => values.map((value) => value.replace(blank, '').toLowerCase()).filter(Boolean)

export function holds(when, values) {
  const said = textsOf(values)
  if (when.check === 'filled' || when.check === 'ticked') return said.length > 0 !== when.is_not
  const wanted = textsOf(when.values)
  return said.some((each) => wanted.includes(each)) !== when.is_not
}

// `items` in their order: {code, when, values}; `values` are the texts that stand in the item.
export function hiddenItems(items) {
  const hidden = new Set()
  const seen = new Map()
  for (const item of items) {
    if (item.when) {
      const known = seen.has(item.when.item) && !hidden.has(item.when.item)
      if (!holds(item.when, known ? seen.get(item.when.item) : [])) hidden.add(item.code)
    }
    seen.set(item.code, item.values)
  }
  return hidden
}
