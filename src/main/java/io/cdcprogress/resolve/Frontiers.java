package io.cdcprogress.resolve;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Lsn;

/**
 * A pipeline's frontiers at one observation.
 *
 * @param proven F; null if not known
 * @param inferred I; null if not known
 * @param pid the walsender that I rests on; null where there is none
 * @param why why neither is known; null where one is
 * @param lessSure what Connect could not tell of the source connector; null where it told all
 */
record Frontiers(Lsn proven, Lsn inferred, Integer pid, Failure why, Failure lessSure) {}
