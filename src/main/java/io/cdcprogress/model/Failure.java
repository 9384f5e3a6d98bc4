package io.cdcprogress.model;

/**
 * Why something was not observed.
 *
 * @param finding the named cause
 * @param detail what failed, on what, and what to do; never a secret
 */
public record Failure(Finding finding, String detail) {}
