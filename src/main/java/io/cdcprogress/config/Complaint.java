package io.cdcprogress.config;

/**
 * What is wrong with the value of a key.
 *
 * @param message what is wrong and what to write instead; never a secret
 */
public record Complaint(String key, String message) {}
