/** What is left of a form's edits once some were saved: those made meanwhile. */
export function editsLeft<Edits extends object>(edits: Edits, sent: Edits): Partial<Edits> {
  const left: Partial<Edits> = { ...edits };
  for (const field in sent) if (edits[field] === sent[field]) delete left[field];
  return left;
}
