/**
 * Faults caused on real parts, each on a pipeline of its own, and what the progress topic says of them: {@link
 * io.cdcprogress.fault.Fault} is one, {@link io.cdcprogress.fault.Scene} the language in which it is told.
 */
package io.cdcprogress.fault;
