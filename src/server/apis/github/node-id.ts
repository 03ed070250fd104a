/** An opaque id as GitHub's older ones: base64 of `010:Deployment42`. */
export function nodeIdOf(kind: string, id: number): string {
  return Buffer.from(`${String(kind.length).padStart(3, '0')}:${kind}${id}`).toString('base64');
}
