/** UTC with whole seconds, as GitHub writes times. */
export function timeText(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** An opaque id as GitHub's older ones: base64 of `010:Deployment42`. */
export function nodeIdOf(kind: string, id: number): string {
  return Buffer.from(`${String(kind.length).padStart(3, '0')}:${kind}${id}`).toString('base64');
}
