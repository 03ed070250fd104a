// Runs before the first paint, so that a chosen theme never flashes the other one. See lib/theme.ts.
try {
  const theme = localStorage.getItem('shiplog-theme');
  if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is switched off: the system's theme it is.
}
