/** A whole CDC pipeline on this machine, and this connector telling how far it is. Started by {@code ./quickstart}. */
package io.cdcprogress.quickstart;
