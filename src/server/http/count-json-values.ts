const [comma, quotationMark, backslash, list, object, listEnd, objectEnd] = [...Buffer.from(',"\\[{]}')];

/**
 * Whether a JSON text has more values than so many, found without making any of them: what has very many small ones takes long
 * to be parsed, in one go. In what is no JSON it counts something, and that is as well.
 */
export function hasMoreValuesThan(most: number, json: Uint8Array): boolean {
  let values = 0;
  let isText = false;
  for (let place = 0; place < json.length; place++) {
    const byte = json[place];
    if (byte === quotationMark) isText = !isText;
    else if (isText && byte === backslash) place += 1;
    // Before each value but the first there is one of these.
    else if (!isText && (byte === comma || byte === list || byte === object)) values += 1;
  }
  return values > most;
}

/** Whether the lists and objects of a JSON text stand in one another deeper than so many levels. */
export function isNestedDeeperThan(most: number, json: Uint8Array): boolean {
  let depth = 0;
  let isText = false;
  for (let place = 0; place < json.length; place++) {
    const byte = json[place];
    if (byte === quotationMark) isText = !isText;
    else if (isText && byte === backslash) place += 1;
    else if (!isText && (byte === list || byte === object)) depth += 1;
    else if (!isText && (byte === listEnd || byte === objectEnd)) depth -= 1;
    if (depth > most) return true;
  }
  return false;
}
