/** What people operate a pipeline with: alerts, runbook, dashboard, compose file. That they fit together, and the code. */
package io.cdcprogress.operations;
