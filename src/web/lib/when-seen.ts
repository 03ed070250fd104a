/** Calls back whenever an element, such as the end of a list, comes near to sight. Answers what ends it. */
export function whenSeen(mark: Element, callback: () => unknown): () => void {
  const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && callback(), { rootMargin: '400px' });
  observer.observe(mark);
  return () => observer.disconnect();
}
