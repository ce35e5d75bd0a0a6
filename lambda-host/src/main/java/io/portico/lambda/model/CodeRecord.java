package io.portico.lambda.model;

import org.jspecify.annotations.Nullable;

/**
 * The code of a function or a layer.
 *
 * @param sha256 of the zip, in base64 as AWS shows it
 * @param size of the zip, in bytes
 * @param unzippedSize of what is in the zip, in bytes; 0 for a folder of this machine
 * @param folder a folder of this machine that the function runs in as it is ({@code _portico}), or
 *     null where the code is a zip
 * @param sourceKmsKeyArn the key with which the zip was said to be encrypted, or null; it encrypts
 *     nothing here
 */
public record CodeRecord(
    String sha256,
    long size,
    long unzippedSize,
    @Nullable String folder,
    @Nullable String sourceKmsKeyArn) {

  /** The same under another key. */
  public CodeRecord encryptedWith(@Nullable String key) {
    return new CodeRecord(sha256, size, unzippedSize, folder, key);
  }
}
