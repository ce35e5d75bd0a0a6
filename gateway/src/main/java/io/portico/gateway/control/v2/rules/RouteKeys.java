package io.portico.gateway.control.v2.rules;

import io.portico.gateway.control.protocol.ServiceException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys of an API's routes, none of which is in another's way. */
public final class RouteKeys {
  private final Set<String> keys = new HashSet<>();
  private final Map<String, Place> byMethod = new HashMap<>();

  /**
   * Adds one without parts.
   *
   * @throws ServiceException {@code ConflictException} if it is there
   */
  // AWS: the text: reported by users of AWS's clients.
  public void add(String key) {
    if (!keys.add(key)) {
      throw ServiceException.conflict("Route with key " + key + " already exists for this API");
    }
  }

  /**
   * Adds one of an HTTP API.
   *
   * @param written the key as text
   * @throws ServiceException {@code ConflictException} if it is there, or calls a variable
   *     differently that stands at the same place in another: below the same parts, greedy in both
   *     or in neither
   */
  // AWS: the text: reported by users of AWS's clients,
  // https://github.com/plutomi/plutomi/issues/271; that it is so for keys of the same method only
  // is assumed.
  public void add(String written, RouteKey key) {
    add(written);
    if (key.method() == null) {
      return;
    }
    Place place = byMethod.computeIfAbsent(key.method(), method -> new Place());
    for (String part : key.parts()) {
      if (RouteKey.isVariable(part)) {
        Taken taken = place.variable(part, written);
        if (!taken.variable().equals(part)) {
          throw ServiceException.conflict(
              "The provided route key \"%s\" has a conflicting variable on the same hierarchical"
                      .formatted(written)
                  + " level as \"%s\"".formatted(taken.key()));
        }
      }
      place = place.below.computeIfAbsent(part, name -> new Place());
    }
  }

  /** A variable, and the first key that has it. */
  private record Taken(String variable, String key) {}

  /** What stands below the same parts. */
  private static final class Place {
    private final Map<String, Place> below = new HashMap<>();
    private @Nullable Taken plain;
    private @Nullable Taken greedy;

    /** The variable that stands here, which is the given one where none has stood yet. */
    Taken variable(String part, String key) {
      Taken own = new Taken(part, key);
      if (RouteKey.isGreedy(part)) {
        greedy = greedy == null ? own : greedy;
        return greedy;
      }
      plain = plain == null ? own : plain;
      return plain;
    }
  }
}
