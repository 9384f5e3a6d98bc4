package io.cdcprogress.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file from our jars, as it is served. */
final class StaticFile {
    private static final int TAG_LENGTH = 16;

    private final String contentType;
    private final byte[] content;
    private final String tag;

    private StaticFile(String contentType, byte[] content, String tag) {
        this.contentType = contentType;
        this.content = content;
        this.tag = tag;
    }

    /** @throws IllegalStateException if the jars have no such file */
    static StaticFile read(String resource, String contentType) {
        try (InputStream in = StaticFile.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the plugin's folder lacks " + resource + ": unpack the zip once more");
            }
            byte[] content = in.readAllBytes();
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return new StaticFile(
                    contentType, content, HexFormat.of().formatHex(hash).substring(0, TAG_LENGTH));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + resource, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    String contentType() {
        return contentType;
    }

    /** Not to be changed. */
    byte[] content() {
        return content;
    }

    /** Names the content: another for every other content. */
    String tag() {
        return tag;
    }
}
