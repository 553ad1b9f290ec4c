"use strict";
const form = document.querySelector(".filter");
if (form) {
  const words = document.getElementById("words");
  const severity = document.getElementById("severity");
  const count = document.getElementById("count");
  const findings = [...document.querySelectorAll(".finding")].map((node) => ({ node, text: node.textContent.toLowerCase() }));
  const filter = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { node, text } of findings) {
      const fits = (!severity.value || node.dataset.severity === severity.value) && wanted.every((word) => text.includes(word));
      node.hidden = !fits;
      shown += fits;
    }
    count.textContent = count.dataset.words.replace("{}", shown);
  };
  words.addEventListener("input", filter);
  severity.addEventListener("change", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  filter();
}
const opened = [];
addEventListener("beforeprint", () => {
  for (const node of document.querySelectorAll("details:not([open])")) {
    node.open = true;
    opened.push(node);
  }
});
addEventListener("afterprint", () => {
  for (const node of opened.splice(0)) node.open = false;
});
