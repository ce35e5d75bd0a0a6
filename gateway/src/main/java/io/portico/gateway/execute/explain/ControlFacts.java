package io.portico.gateway.execute.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the control plane knows beside the snapshot, asked when somebody asks for an explanation and
 * never for a request: what is configured and not deployed, and what a key is that opens nothing.
 */
public interface ControlFacts {
  /** Nothing is known. */
  ControlFacts NONE =
      new ControlFacts() {
        @Override
        public @Nullable Api api(String apiId) {
          return null;
        }

        @Override
        public boolean isOutdated(String apiId, String deploymentId) {
          return false;
        }

        @Override
        public @Nullable Key key(String scope, String digest) {
          return null;
        }
      };

  /**
   * An API as it is configured now.
   *
   * @param name its name
   * @param routes of it, such as {@code GET /pets/{petId}}, whether they are deployed or not
   */
  record Api(String name, List<String> routes) {}

  /**
   * An API key.
   *
   * @param enabled whether it may open anything
   * @param plans the ids of its usage plans
   */
  record Key(String id, boolean enabled, List<String> plans) {}

  /** An API, or null where there is none of the id. */
  @Nullable Api api(String apiId);

  /** Whether an API was changed since a deployment of it was made. */
  boolean isOutdated(String apiId, String deploymentId);

  /**
   * The API key of a value, or null where none has it.
   *
   * @param scope account and region
   * @param digest {@link #digest} of the value, which itself is not kept
   */
  @Nullable Key key(String scope, String digest);

  /** What the value of a key is known again by: its SHA-256 in hexadecimal digits. */
  static String digest(String value) {
    return Secrets.digest(value);
  }
}
