/** What users copy: the files of {@code config/}, on real servers, and the SQL of {@code docs/table.md}. */
package io.cdcprogress.samples;
