"use strict";
// What makes the desk quicker. Without it every link leads to a page that says the same.
(() => {
  const dialog = () => document.getElementById("evidence");
  const plain = (event) => event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  let opener = null;

  // A citation opens its passage over the page.
  const open = (link) => {
    opener = link;
    const url = new URL(link.href, location.href);
    htmx.ajax("GET", url.pathname + url.search, { target: "#evidence-body", swap: "innerHTML", source: link })
      .then(() => { if (!dialog().open) dialog().showModal(); });
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.cite, .sources a.open, a.opens");
    if (link && plain(event) && !link.closest("dialog")) { event.preventDefault(); open(link); return; }
    if (event.target.closest(".close-evidence")) { event.preventDefault(); dialog().close(); return; }
    if (event.target === dialog()) dialog().close(); // the backdrop
  });
  document.addEventListener("close", (event) => {
    if (event.target === dialog() && opener) { opener.focus(); opener = null; }
  }, true);

  // Keys: each is written on a link or button as data-key.
  const isTyping = (target) => target.closest("input, select, textarea, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || dialog().open) return;
    if (event.key === "/") { event.preventDefault(); document.getElementById("find").focus(); return; }
    if (event.key === "?") { location.assign("/keys"); return; }
    if (!/^[a-z0-9]$/.test(event.key)) return;
    const what = document.querySelector(`[data-key="${event.key}"]`);
    if (what) { event.preventDefault(); what.click(); }
  });

  // Filters answer at once; the button stays for who has no script.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form.filters");
    if (form) form.requestSubmit();
  });

  // Files can be dropped.
  const zone = () => document.querySelector(".drop");
  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, (event) => {
      if (!zone()) return;
      event.preventDefault();
      zone().classList.add("over");
    });
  }
  document.addEventListener("dragleave", (event) => { if (zone() && !event.relatedTarget) zone().classList.remove("over"); });
  document.addEventListener("drop", (event) => {
    if (!zone()) return;
    event.preventDefault();
    zone().classList.remove("over");
    const input = zone().querySelector("input[type=file]");
    if (event.dataTransfer.files.length === 0) return;
    input.files = event.dataTransfer.files;
    input.form.requestSubmit();
  });
})();
