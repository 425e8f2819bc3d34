// Makes a page stand still: what differs by the minute, or by chance, shows the same in every set of pictures.
() => {
  const zeros = (found) => found.replace(/\d/g, "0");
  const masks = [
    [/\b\d{1,2}:\d{2}(:\d{2})?\b/g, zeros], // the time of day
    [/\d+(\.\d+)?(?=\s*(秒|分钟|小时)前)/g, () => "0"], // how long ago
    [/\d+(\.\d+)? GB/g, () => "0 GB"], // room on the disk
    [/Chrome\/[\d.]+/g, () => "Chrome"],
    [/\b[0-9a-f]{12,}\b/g, (found) => "0".repeat(found.length)], // digests
    [/\b([A-Z2-7]{4} ){7}[A-Z2-7]{4}\b/g, (found) => found.replace(/\w/g, "A")], // the secret of a second factor
  ];
  const masked = (words) => masks.reduce((said, [form, put]) => said.replace(form, put), words);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const words = walker.currentNode.data;
    if (masked(words) !== words) walker.currentNode.data = masked(words);
  }
  // The browser's own viewer of documents, the picture of a secret, the blinking mark in a field. The page's policy
  // takes no style element, so that this is not left to the camera.
  for (const shown of document.querySelectorAll("iframe, img[src^='data:']")) shown.style.visibility = "hidden";
  document.activeElement?.blur();
}
