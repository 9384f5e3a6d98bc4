package io.cdcprogress.observe.connect;

import java.util.regex.Pattern;

/** The trace of a failed task in one line. */
final class Traces {
    private static final int LONGEST = 240;
    private static final String CAUSE = "Caused by: ";
    /** {@code scheme://user:password@host}, whatever the password is made of. */
    private static final Pattern USER_INFO = Pattern.compile("(?<=://)\\S+@(?=[^@\\s]*)");
    /** What follows a word for a secret, as in {@code password=...}, {@code "secret": "..."}. */
    private static final Pattern SECRET = Pattern.compile(
            "(?i)((?:password|passwd|passphrase|pwd|secret|token|credentials?|signature|(?:api|access|account|private)[._-]?key)"
                    + "[\\w.-]*[\"']?\\s*[=:]\\s*)(\"[^\"]*\"|'[^']*'|[^\\s,;&)]+)");

    private static final Pattern LOGIN = Pattern.compile("(?i)\\b(bearer|basic)\\s+[\\w.~+/=-]+");
    /** Kafka's own words for a setting that can't be read. */
    private static final Pattern SETTING =
            Pattern.compile("(?i)(invalid value )(.*)( for configuration )", Pattern.DOTALL);

    private Traces() {}

    /**
     * Its first line and, where that says less, the deepest cause that says anything, as {@code java.io.EOFException} does
     * not; cut, and without what looks like a secret.
     */
    static String summary(String trace) {
        String first = null;
        String root = null;
        for (String line : (Iterable<String>) trace.lines()::iterator) {
            first = first == null ? line.strip() : first;
            boolean says = line.startsWith(CAUSE) && (root == null || line.indexOf(": ", CAUSE.length()) > 0);
            root = says ? line.substring(CAUSE.length()).strip() : root;
        }
        if (first == null) {
            return null;
        }
        return root == null ? shown(first) : shown(first) + " (caused by " + shown(root) + ")";
    }

    private static String shown(String line) {
        String masked = SETTING.matcher(line).replaceAll("$1***$3");
        masked = USER_INFO.matcher(masked).replaceAll("***@");
        masked = LOGIN.matcher(masked).replaceAll("$1 ***");
        masked = SECRET.matcher(masked).replaceAll("$1***");
        return masked.length() <= LONGEST ? masked : masked.substring(0, LONGEST) + "...";
    }
}
