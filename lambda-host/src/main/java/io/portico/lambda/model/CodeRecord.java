package io.portico.lambda.model;

import org.jspecify.annotations.Nullable;

/**
 * A function's code.
 *
 * @param sha256 of the zip, in base64 as AWS shows it
 * @param size of the zip, in bytes
 * @param folder a folder of this machine that the function runs in as it is ({@code _portico}), or
 *     null where the code is a zip
 */
public record CodeRecord(String sha256, long size, @Nullable String folder) {}
