package io.cdcprogress.quickstart;

import io.cdcprogress.stack.AtExit;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Supplier;

/** What the user sees; everything else goes to the log. */
final class Console {
    private final PrintStream out;

    Console(PrintStream out) {
        this.out = out;
    }

    synchronized void say(String line) {
        out.println(line);
    }

    /** Shows what is being done, and how long it took. */
    <T> T stage(String name, Supplier<T> work) {
        out.print("  " + name + " ... ");
        out.flush();
        long start = System.nanoTime();
        try {
            T result = work.get();
            out.println(String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - start) / 1e9));
            return result;
        } catch (RuntimeException e) {
            out.println(AtExit.ending() ? "" : "failed");
            throw e;
        }
    }

    void stage(String name, Runnable work) {
        stage(name, () -> {
            work.run();
            return null;
        });
    }
}
