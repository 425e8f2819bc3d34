// The page after a new sign-in in another tab: notifies the first page and closes.
"use strict";

if ("BroadcastChannel" in window) new BroadcastChannel("sign-in").postMessage("signed in");
window.close();
