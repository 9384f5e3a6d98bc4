package io.cdcprogress.model;

/** The verdict on a pipeline and sink group, from good to bad; {@link #UNKNOWN} is never good. */
public enum Health {
    OK,
    BEHIND,
    AT_RISK,
    STALLED,
    LOST,
    UNKNOWN
}
