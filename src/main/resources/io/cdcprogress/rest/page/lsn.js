// LSNs are unsigned 64-bit numbers, more than a JavaScript number holds: hence BigInt.

const FORM = /^([0-9a-f]{1,8})\/([0-9a-f]{1,8})$/i;

/** The position as a BigInt; null where there is none, or where the text is no LSN. */
export function parseLsn(text) {
  const parts = FORM.exec(text ?? '');
  return parts ? (BigInt('0x' + parts[1]) << 32n) | BigInt('0x' + parts[2]) : null;
}

/** Bytes of WAL from one position to another, negative if the second lies below; null where one is unknown. */
export function bytesBetween(from, to) {
  const [start, end] = [parseLsn(from), parseLsn(to)];
  return start === null || end === null ? null : Number(end - start);
}
