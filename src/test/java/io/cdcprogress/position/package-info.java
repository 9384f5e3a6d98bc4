/**
 * Whether what is published is true: real pipelines under load and faults, and an oracle that knows from PostgreSQL alone
 * which transactions there were. Nothing here uses the product's own code. {@link io.cdcprogress.position.Trial} is one run.
 */
package io.cdcprogress.position;
