/**
 * The page in a real browser: its functions, its states on answers that a stub gives, and itself on a real worker. Skipped,
 * with a message, where there is no Chromium.
 */
package io.cdcprogress.page;
