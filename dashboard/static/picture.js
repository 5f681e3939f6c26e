// Makes a picture of the chart above the buttons of dashboard/picture.py: what the browser has drawn,
// with a title above, what the marks mean and the source below. Nothing leaves the browser.
gone: {
  const NAMESPACE = "http://www.w3.org/2000/svg";
  const MARGIN = 16;
  const MOST = 16000; // Pixels of a side that browsers can draw.
  const here = document.currentScript.closest("[data-testid=stHtml]");
  if (!here) break gone; // The page was left before this file had come.

  const chart = () =>
    [...document.querySelectorAll(".js-plotly-plot")]
      .filter((plot) => plot.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING)
      .pop();

  // What the marks of a chart mean, where the page says it (dashboard/charts/legend.py).
  const entries = (plot) =>
    [...document.querySelectorAll("ul.legend")]
      .filter((list) =>
        plot.compareDocumentPosition(list) & Node.DOCUMENT_POSITION_FOLLOWING &&
        list.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING)
      .flatMap((list) => [...list.children]);

  // A mark of the legend at a place: what its shape is cut out of is its outline, what lies on it its fill.
  const symbol = (mark, x, y) => {
    const { clipPath, backgroundColor: stroke, width } = getComputedStyle(mark);
    const fill = getComputedStyle(mark.firstElementChild).backgroundColor;
    const parts = clipPath.match(/[\d.]+(?=%)/g).map((part) => (part / 100) * parseFloat(width));
    const shape = clipPath.startsWith("circle")
      ? element("circle", { cx: parseFloat(width) / 2, cy: parseFloat(width) / 2, r: parts[0] })
      : element("polygon", { points: parts.join(" ") });
    for (const [key, value] of Object.entries({ fill, stroke, transform: `translate(${x} ${y})` }))
      shape.setAttribute(key, value);
    return shape;
  };

  const around = (plot) => JSON.parse(plot.layout.meta);

  const element = (name, attributes, text) => {
    const made = document.createElementNS(NAMESPACE, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text) made.textContent = text;
    return made;
  };

  // As many lines as the text takes in so many pixels.
  const wrapped = (text, font, room) => {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = font;
    const lines = [""];
    for (const word of text.split(" ")) {
      const longer = `${lines.at(-1)} ${word}`.trim();
      if (pen.measureText(longer).width > room && lines.at(-1)) lines.push(word);
      else lines[lines.length - 1] = longer;
    }
    return lines;
  };

  const asData = async (url) => {
    const reader = new FileReader();
    reader.readAsDataURL(await (await fetch(url)).blob());
    await new Promise((done) => (reader.onload = done));
    return reader.result;
  };

  // The fonts of those families that are in use: a picture may not fetch them.
  const fonts = async (families) => {
    const bare = (name) => name.replaceAll(/["']/g, "");
    const loaded = new Set(
      [...document.fonts]
        .filter((face) => face.status === "loaded")
        .map((face) => [bare(face.family), face.style, face.unicodeRange].join()),
    );
    const written = [];
    for (const sheet of document.styleSheets) {
      let rules = [];
      try { rules = sheet.cssRules; } catch { continue; } // Another site's.
      for (const rule of rules) {
        if (!(rule instanceof CSSFontFaceRule)) continue;
        const { fontFamily, fontStyle, fontWeight, unicodeRange, src } = rule.style;
        const range = unicodeRange || "U+0-10FFFF";
        const family = bare(fontFamily || rule.style.getPropertyValue("font-family"));
        if (!families.includes(family)) continue;
        if (!loaded.has([family, fontStyle || "normal", range].join())) continue;
        const [, url] = /url\(["']?([^"')]+)/.exec(src) ?? [];
        if (!url) continue;
        const data = await asData(new URL(url, sheet.href ?? document.baseURI));
        written.push(
          `@font-face { font-family: "${family}"; font-style: ${fontStyle || "normal"}; ` +
          `font-weight: ${fontWeight || "normal"}; unicode-range: ${range}; src: url(${data}); }`,
        );
      }
    }
    return written.join("\n");
  };

  const composed = async (plot) => {
    const { width, height } = plot.getBoundingClientRect();
    const { title, source } = around(plot);
    const body = getComputedStyle(document.querySelector("[data-testid=stApp]"));
    const heading = getComputedStyle(document.querySelector("h1") ?? document.body);
    const parts = [
      { text: title, size: 18, leading: 24, family: heading.fontFamily, weight: 600 },
      { text: source, size: 12, leading: 16, family: body.fontFamily, weight: 400 },
    ].map((part) => ({
      ...part,
      lines: wrapped(
        part.text, `${part.weight} ${part.size}px ${part.family}`, width - 2 * MARGIN,
      ),
    }));
    const [head, foot] = parts.map(({ lines, leading }) => lines.length * leading + 1.5 * MARGIN);
    const meant = entries(plot).map((entry) => {
      const [mark, text] = [...entry.children].map((part) => part.getBoundingClientRect());
      return { entry, mark, text };
    });
    const tops = meant.map(({ text }) => text.top);
    const lowest = Math.max(0, ...meant.map(({ text }) => text.bottom - Math.min(...tops)));
    const below = head + height;
    const all = below + lowest + foot;
    const picture = element("svg", {
      xmlns: NAMESPACE, width, height: all, viewBox: `0 0 ${width} ${all}`,
    });
    const families = [heading.fontFamily, body.fontFamily, plot.layout.font?.family].join();
    picture.append(element("style", {}, await fonts(families)));
    picture.append(element("rect", { width, height: all, fill: body.backgroundColor }));
    for (const svg of plot.querySelectorAll(".main-svg")) {
      const layer = svg.cloneNode(true);
      for (const [key, value] of [["x", 0], ["y", head]]) layer.setAttribute(key, value);
      layer.style.background = "none";
      picture.append(layer);
    }
    const { left } = plot.getBoundingClientRect();
    for (const { entry, mark, text } of meant) {
      const y = below + text.top - Math.min(...tops);
      picture.append(
        symbol(entry.firstElementChild, mark.left - left + MARGIN, y + (text.height - mark.height) / 2),
        element("text", {
          x: text.left - left + MARGIN, y: y + 0.75 * text.height, fill: body.color,
          "font-family": body.fontFamily, "font-size": getComputedStyle(entry).fontSize,
        }, entry.textContent),
      );
    }
    for (const [part, top] of [[parts[0], MARGIN / 2], [parts[1], below + lowest + MARGIN / 2]]) {
      part.lines.forEach((line, at) => picture.append(element("text", {
        x: MARGIN, y: top + (at + 0.8) * part.leading, fill: body.color,
        "font-family": part.family, "font-size": part.size, "font-weight": part.weight,
      }, line)));
    }
    return picture;
  };

  const painted = async (picture, svg) => {
    const image = new Image();
    image.src = URL.createObjectURL(svg);
    await image.decode();
    const [width, height] = ["width", "height"].map((side) => Number(picture.getAttribute(side)));
    const scale = Math.min(2, MOST / Math.max(width, height));
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width * scale, height * scale];
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(image.src);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  };

  const save = async (format) => {
    const plot = chart();
    const picture = await composed(plot);
    const svg = new Blob([new XMLSerializer().serializeToString(picture)], { type: "image/svg+xml" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(format === "svg" ? svg : await painted(picture, svg));
    link.download = `${around(plot).file}.${format}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };

  for (const button of here.querySelectorAll("button")) {
    button.addEventListener("click", () => save(button.dataset.format));
  }
}
