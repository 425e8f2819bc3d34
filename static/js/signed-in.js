// The page after signing in again in a tab of its own: tells the page that asked for it, and closes.
"use strict";

if ("BroadcastChannel" in window) new BroadcastChannel("sign-in").postMessage("signed in");
window.close();
