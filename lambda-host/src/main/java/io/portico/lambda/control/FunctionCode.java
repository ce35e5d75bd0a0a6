package io.portico.lambda.control;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.lambda.code.CodeStore;
import io.portico.lambda.code.InvalidZipException;
import io.portico.lambda.model.CodeRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The code that CreateFunction and UpdateFunctionCode name: a zip, or something of this machine.
 */
final class FunctionCode {
  /** The bucket that stands for this machine's files; no bucket of S3 can have this name. */
  private static final String LOCAL = "_portico";

  /** AWS: source: recorded, facts LAM-18. */
  private static final int MOST_BYTES = 52_428_800;

  private final CodeStore store;

  FunctionCode(CodeStore store) {
    this.store = store;
  }

  /**
   * Keeps the code.
   *
   * @param code {@code ZipFile}, or {@code S3Bucket} and {@code S3Key}
   */
  CodeRecord keep(Input code) {
    if (code.has("ImageUri")) {
      throw LambdaErrors.notBuilt("A function from an image");
    }
    String bucket = code.stringOrNull("S3Bucket");
    if (bucket == null) {
      if (!code.has("ZipFile")) {
        // AWS: source: reported by users of AWS's clients.
        throw LambdaErrors.invalidParameter("Please provide a source for function code.");
      }
      return zip(code.bytes("ZipFile"));
    }
    if (!bucket.equals(LOCAL)) {
      throw LambdaErrors.notBuilt(
          "Code from a bucket of S3 (a zip or a folder of this machine is S3Bucket=_portico,"
              + " S3Key=/path)");
    }
    return local(code.stringOrNull("S3Key"));
  }

  private CodeRecord local(@Nullable String key) {
    Path path = key == null ? null : Path.of(key);
    if (path == null || !path.isAbsolute()) {
      throw LambdaErrors.invalidParameter(
          "With S3Bucket=_portico, S3Key is an absolute path of this machine.");
    }
    if (Files.isDirectory(path)) {
      // Its content is not kept: the function runs from it, whatever is in it then.
      return new CodeRecord(digest(path), 0, path.normalize().toString());
    }
    try {
      return zip(Files.readAllBytes(path));
    } catch (IOException e) {
      throw LambdaErrors.invalidParameter(path + " can not be read: " + e.getMessage());
    }
  }

  private CodeRecord zip(byte[] zip) {
    if (zip.length > MOST_BYTES) {
      throw new ServiceException(
          "RequestEntityTooLargeException",
          413,
          "Zipped size must be smaller than " + MOST_BYTES + " bytes");
    }
    try {
      return store.keep(zip);
    } catch (InvalidZipException e) {
      throw LambdaErrors.invalidParameter(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException("a function's code cannot be kept", e);
    }
  }

  private static String digest(Path folder) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(folder.normalize().toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
