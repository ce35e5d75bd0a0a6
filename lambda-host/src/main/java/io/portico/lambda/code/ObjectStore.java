package io.portico.lambda.code;

import org.jspecify.annotations.Nullable;

/** S3, as far as code comes from its buckets. */
public interface ObjectStore {

  /**
   * Gets an object.
   *
   * @param most how many bytes it may have
   */
  Fetched fetch(ObjectName object, long most);

  /**
   * Which object.
   *
   * @param version null for the current one
   * @param region of the function that is made of it
   */
  record ObjectName(String bucket, String key, @Nullable String version, String region) {}

  /** What has become of it. */
  sealed interface Fetched {

    /** The object. */
    @SuppressWarnings("ArrayRecordComponent")
    record Content(byte[] bytes) implements Fetched {}

    /**
     * S3 gives it not.
     *
     * @param code such as {@code NoSuchKey}
     * @param message S3's own
     */
    record Refused(String code, String message) implements Fetched {}

    /** It is longer than it may be. */
    record TooLarge() implements Fetched {}

    /**
     * S3 was not asked, or has not answered.
     *
     * @param reason a sentence for who wanted it
     */
    record Unavailable(String reason) implements Fetched {}
  }
}
