// Signing out, on whatever page, first forgets the person's files that this browser has not uploaded.
import { forget } from "./unsent.js";

const PATIENCE_MS = 1000;

document.addEventListener("submit", async (event) => {
  if (!/logout/.test(event.target.action)) return;
  event.preventDefault();
  await Promise.race([forget(), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  event.target.submit();
});
