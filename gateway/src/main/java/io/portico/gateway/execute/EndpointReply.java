package io.portico.gateway.execute;

import io.portico.gateway.http.Headers;

/**
 * A backend's answer, read as far as it says the same to whoever is to hear it. What follows, an
 * integration response, is made for one request.
 */
public sealed interface EndpointReply {

  /** An answer that is mapped or passed on as it is. */
  record Untouched(EndpointResponse response) implements EndpointReply {}

  /**
   * What a function behind {@code AWS_PROXY} said.
   *
   * @param headers as it named them
   * @param body its text in UTF-8; nobody changes it
   * @param base64 whether the text stands for bytes
   */
  @SuppressWarnings("ArrayRecordComponent")
  record OfFunction(int status, Headers headers, byte[] body, boolean base64)
      implements EndpointReply {}

  /** The backend's, or what a function gave as its own. */
  default int status() {
    return switch (this) {
      case Untouched untouched -> untouched.response.status();
      case OfFunction function -> function.status;
    };
  }

  /** Those of the backend, or what a function gave as its own. */
  default Headers headers() {
    return switch (this) {
      case Untouched untouched -> untouched.response.headers();
      case OfFunction function -> function.headers;
    };
  }

  /** Bytes of the content, or -1 where that is not known. */
  default long length() {
    return switch (this) {
      case Untouched untouched -> untouched.response.body().length();
      case OfFunction function -> function.body.length;
    };
  }
}
