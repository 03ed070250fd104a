/** Whether the server answers at all, within a moment. */
export async function serverAnswers(): Promise<boolean> {
  try {
    const answer = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(3000) });
    return answer.ok;
  } catch {
    return false;
  }
}
