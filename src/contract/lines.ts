/**
 * Splits text that comes in pieces into lines, at line feeds only and without the carriage return before one. Not Node's
 * readline: from Node 24 on it also splits at U+2028, which JSON text may hold.
 */
export async function* linesOf(chunks: AsyncIterable<Uint8Array | string>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const [first = '', ...others] = (typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })).split(
      '\n',
    );
    rest += first;
    for (const next of others) {
      yield rest.endsWith('\r') ? rest.slice(0, -1) : rest;
      rest = next;
    }
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}
