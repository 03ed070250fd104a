/** An environment that was stopped stays so until something succeeds there at a later position of the log. */
export function isStopped(stoppedPosition: number | null, successPosition: number | null): boolean {
  return stoppedPosition !== null && (successPosition === null || successPosition <= stoppedPosition);
}
