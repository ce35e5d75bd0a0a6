package io.portico.lambda.control;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.lambda.code.InvalidZipException;
import io.portico.lambda.code.Kept;
import io.portico.lambda.code.ObjectStore.Fetched;
import io.portico.lambda.code.ObjectStore.ObjectName;
import io.portico.lambda.model.CodeRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The code that CreateFunction, UpdateFunctionCode and PublishLayerVersion name: a zip, an object
 * of S3, or something of this machine.
 */
final class FunctionCode {
  /** The bucket that stands for this machine's files; no bucket of S3 can have this name. */
  private static final String LOCAL = "_portico";

  private final LambdaEnvironment environment;

  FunctionCode(LambdaEnvironment environment) {
    this.environment = environment;
  }

  /**
   * Keeps the code until the call has said to whom it belongs.
   *
   * @param code {@code ZipFile}, or {@code S3Bucket} and {@code S3Key}
   * @param region of what the code is for
   */
  Kept keep(Input code, String region) {
    Kept kept = source(code, region);
    String key = code.stringOrNull("SourceKMSKeyArn");
    return new Kept(
        kept.code().encryptedWith(key == null || key.isEmpty() ? null : key),
        () -> {
          kept.close();
          // The call may have been refused, or has put it in the place of other code.
          environment.preparations().deleteUnusedSoon();
        });
  }

  private Kept source(Input code, String region) {
    if (code.has("ImageUri")) {
      throw ServiceException.notImplemented("A function from an image");
    }
    String bucket = code.stringOrNull("S3Bucket");
    if (bucket == null) {
      if (!code.has("ZipFile")) {
        throw sourceless();
      }
      return uploaded(code.bytes("ZipFile"));
    }
    String key = code.stringOrNull("S3Key");
    if (key == null) {
      throw sourceless();
    }
    if (bucket.equals(LOCAL)) {
      return local(key);
    }
    if ("REFERENCE".equals(code.stringOrNull("S3ObjectStorageMode"))) {
      throw ServiceException.notImplemented(
          "Code that stays in its bucket (S3ObjectStorageMode REFERENCE)");
    }
    return fetched(new ObjectName(bucket, key, code.stringOrNull("S3ObjectVersion"), region));
  }

  /** AWS: source: reported by users of AWS's clients. */
  private static ServiceException sourceless() {
    return LambdaErrors.invalidParameter("Please provide a source for function code.");
  }

  private Kept uploaded(byte[] zip) {
    // AWS: only of what a call brings with it; source: recorded, facts LAM-18, and documented,
    // Lambda quotas: "Upload larger files with Amazon S3".
    if (zip.length > AccountLimits.CODE_SIZE_ZIPPED) {
      throw new ServiceException(
          "RequestEntityTooLargeException",
          413,
          "Zipped size must be smaller than " + AccountLimits.CODE_SIZE_ZIPPED + " bytes");
    }
    return zip(zip);
  }

  private Kept local(String key) {
    Path path = path(key);
    if (Files.isDirectory(path)) {
      // Its content is not kept: the function runs from it, whatever is in it then.
      return new Kept(
          new CodeRecord(digest(path), 0, 0, path.normalize().toString(), null), () -> {});
    }
    if (!Files.isRegularFile(path)) {
      // A device or a pipe may never end.
      throw LambdaErrors.invalidParameter(path + " is neither a file nor a folder.");
    }
    try (InputStream file = Files.newInputStream(path)) {
      byte[] content = file.readNBytes(AccountLimits.CODE_SIZE_UNZIPPED + 1);
      if (content.length > AccountLimits.CODE_SIZE_UNZIPPED) {
        throw tooLarge();
      }
      return zip(content);
    } catch (IOException e) {
      throw LambdaErrors.invalidParameter(path + " can not be read: " + e.getMessage());
    }
  }

  private static Path path(String key) {
    try {
      Path path = Path.of(key);
      if (path.isAbsolute()) {
        return path;
      }
    } catch (InvalidPathException e) {
      throw LambdaErrors.invalidParameter("S3Key is no path of this machine: " + e.getReason());
    }
    throw LambdaErrors.invalidParameter(
        "With S3Bucket=_portico, S3Key is an absolute path of this machine.");
  }

  private Kept fetched(ObjectName name) {
    return switch (environment.objects().fetch(name, AccountLimits.CODE_SIZE_UNZIPPED)) {
      case Fetched.Content content -> zip(content.bytes());
      case Fetched.TooLarge tooLarge -> throw tooLarge();
      // AWS: source: reported by users of AWS's clients.
      case Fetched.Refused refused ->
          throw LambdaErrors.invalidParameter(
              "Error occurred while GetObject. S3 Error Code: %s. S3 Error Message: %s"
                  .formatted(refused.code(), refused.message()));
      case Fetched.Unavailable unavailable ->
          throw LambdaErrors.invalidParameter(unavailable.reason());
    };
  }

  /** AWS: a zip is no larger than what is in it may be; source: recorded, facts LAM-18. */
  private static ServiceException tooLarge() {
    return LambdaErrors.invalidParameter(
        "Unzipped size must be smaller than " + AccountLimits.CODE_SIZE_UNZIPPED + " bytes");
  }

  private Kept zip(byte[] zip) {
    try {
      return environment.code().keep(zip);
    } catch (InvalidZipException e) {
      throw LambdaErrors.invalidParameter(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException("code cannot be kept", e);
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
