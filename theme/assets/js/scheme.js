/* Runs before anything is drawn: the colours a reader has chosen, and whether scripts run at all. */
(() => {
  const root = document.documentElement;
  root.classList.add("scripted");
  try {
    const chosen = localStorage.getItem("briefing-scheme");
    if (chosen === "light" || chosen === "dark") root.dataset.scheme = chosen;
  } catch {
    // No storage: the system's colours hold.
  }
})();
