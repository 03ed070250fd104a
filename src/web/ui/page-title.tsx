/** The page's heading, for those who navigate by headings, and the name of its tab. */
export function PageTitle({ children }: { children: string }) {
  return (
    <>
      <title>{children === 'Shiplog' ? 'Shiplog' : `${children} · Shiplog`}</title>
      <h1 className="sr-only">{children}</h1>
    </>
  );
}
