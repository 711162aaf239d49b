/** The tabs of the left column; on a phone they stand at the lower edge and open a sheet. */

export class Tabs {
  constructor(root) {
    this.root = root;
    this.onshow = () => {};
    this.tabs = [...root.querySelectorAll("[role=tab]")];
    for (const tab of this.tabs) {
      tab.addEventListener("click", () => {
        const again = tab.getAttribute("aria-selected") === "true" && root.classList.contains("open");
        this.show(tab.dataset.panel);
        root.classList.toggle("open", !again);
      });
      tab.addEventListener("keydown", (event) => this.walk(event));
    }
    root.querySelector(".shut").addEventListener("click", () => root.classList.remove("open"));
  }

  /** Bring one panel forward. */
  show(name) {
    for (const tab of this.tabs) {
      const chosen = tab.dataset.panel === name;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")).hidden = !chosen;
    }
    this.root.classList.add("open");
    this.onshow(name);
  }

  walk(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    const there = this.tabs.filter((tab) => !tab.hidden);
    const next = there[(there.indexOf(event.currentTarget) + by + there.length) % there.length];
    this.show(next.dataset.panel);
    next.focus();
    event.preventDefault();
  }
}
