package io.cdcprogress.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** docs/runbook.md as its readers use it: sections to be sent to, and blocks to be pasted. */
final class Runbook {
    static final Path FILE = Path.of("docs", "runbook.md");

    /** @param language of the block, as sql or bash */
    record Block(String language, String text) {}

    private final List<String> lines;

    private Runbook(List<String> lines) {
        this.lines = lines;
    }

    static Runbook read() throws IOException {
        return new Runbook(Files.readAllLines(FILE));
    }

    /** What a link to a section ends with: as GitHub makes it of a heading without marks. */
    Set<String> anchors() {
        return lines.stream()
                .filter(line -> line.matches("#+ .*"))
                .map(line ->
                        line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT).replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    /** The text below a heading, up to the next. */
    String section(String heading) {
        int start = lines.indexOf("### " + heading);
        if (start < 0) {
            return "";
        }
        return lines.stream()
                .skip(start + 1L)
                .takeWhile(line -> !line.startsWith("#"))
                .collect(Collectors.joining("\n"));
    }

    /** In the order of the page. */
    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        String language = null;
        int indent = 0;
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            if (language == null && line.strip().matches("```[a-z]+")) {
                language = line.strip().substring(3);
                indent = line.indexOf('`');
                text.setLength(0);
            } else if (language != null && line.strip().equals("```")) {
                blocks.add(new Block(language, text.toString()));
                language = null;
            } else if (language != null) {
                text.append(line.substring(Math.min(indent, line.length()))).append('\n');
            }
        }
        return blocks;
    }
}
