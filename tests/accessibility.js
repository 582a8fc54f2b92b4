// What of a page a person who sees little, or nothing, could not use: labels, names, contrast.
() => {
  const found = [];
  const seen = (node) => {
    const box = node.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && getComputedStyle(node).visibility === "visible";
  };
  const say = (what, node) => found.push(`${what}: ${node.outerHTML.slice(0, 120)}`);

  const name = (node) => {
    const named = (node.getAttribute("aria-labelledby") || "").split(" ").filter(Boolean);
    const labels = [...(node.labels || [])].map((label) =>
      [...label.childNodes].filter((child) => child !== node).map((child) => child.textContent).join(""));
    const parts = [node.getAttribute("aria-label"), ...labels,
      ...named.map((id) => document.getElementById(id)?.textContent)];
    if (!node.matches("input, select, textarea")) parts.push(node.textContent, node.alt);
    return parts.filter(Boolean).join(" ").trim();
  };
  for (const node of document.querySelectorAll(
    "input:not([type=hidden]), select, textarea, button, a[href], summary, progress, [role=region]")) {
    if (!name(node)) say("no name", node);
  }
  for (const node of document.querySelectorAll("img:not([alt])")) say("no alt", node);
  for (const node of document.querySelectorAll("[data-key], a[href], button")) {
    if (node.tabIndex < 0) say("no keyboard", node);
  }
  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  for (const id of new Set(ids)) if (ids.filter((other) => other === id).length > 1) found.push(`id twice: ${id}`);
  for (const tag of ["main", "h1", "html[lang]", "title"]) {
    if (document.querySelectorAll(tag).length !== 1) found.push(`not one ${tag}`);
  }
  for (const node of document.querySelectorAll("table")) {
    if (!node.querySelector("th[scope]")) say("no heads", node);
  }

  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const cache = new Map();
  const rgba = (text) => {
    if (!cache.has(text)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = text;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      cache.set(text, [r, g, b, a / 255]);
    }
    return cache.get(text);
  };
  const over = (top, under) => {
    const a = top[3];
    return [0, 1, 2].map((n) => top[n] * a + under[n] * (1 - a)).concat(1);
  };
  const ground = (node) => {
    if (!node) return rgba(getComputedStyle(document.body).backgroundColor);
    const own = rgba(getComputedStyle(node).backgroundColor);
    return own[3] === 1 ? own : over(own, ground(node.parentElement));
  };
  const light = (colour) => {
    const [r, g, b] = colour.slice(0, 3).map((part) => {
      const value = part / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !seen(node) || node.closest("option")) continue;
    const style = getComputedStyle(node);
    const behind = ground(node);
    let alpha = 1;
    for (let at = node; at; at = at.parentElement) alpha *= Number(getComputedStyle(at).opacity);
    const ink = rgba(style.color);
    const colour = over([ink[0], ink[1], ink[2], ink[3] * alpha], behind);
    const [a, b] = [light(colour), light(behind)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) say(`contrast ${ratio.toFixed(2)}`, node);
  }
  return found;
}
