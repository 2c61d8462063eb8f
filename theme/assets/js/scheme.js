/* Runs before anything is drawn: the colours a reader has chosen, and whether scripts run at all. */
(() => {
  const root = document.documentElement;
  root.classList.add("scripted");
  try {
    const chosen = localStorage.getItem("briefing-scheme");
    if (chosen !== "light" && chosen !== "dark") return;
    root.dataset.scheme = chosen;
    document.querySelector('meta[name="color-scheme"]').content = chosen; // the ground, until the style sheets come
  } catch {
    // No storage: the system's colours hold.
  }
})();
