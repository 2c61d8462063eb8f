/* On the page that a former id leaves behind: leads on to the same claim, and with the edition that a
   print names. Without scripts the browser leads to the top of the page. */
(() => {
  "use strict";
  const { href } = document.querySelector('link[rel="canonical"]');
  location.replace(href + location.search + location.hash);
})();
