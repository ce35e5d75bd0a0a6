package io.portico.gateway.control.rules;

import io.portico.gateway.control.IdSource;
import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.store.RecordReader;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The id of a new API: random as AWS makes it, or fixed by a tag, so that a URL is known before the
 * API is made. AWS has no fixed ids; {@code portico:id} is our tag, the others are those that tools
 * for local work already send.
 */
public final class ApiIds {
  private static final int LENGTH = 10;
  private static final List<String> TAGS =
      List.of("portico:id", "_custom_id_", "ms-custom-id", "floci:override-id");

  /** An id is a label of a host name and a key of the store. */
  private static final Pattern VALID = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private ApiIds() {}

  /**
   * An id that no API has, whatever its account and region.
   *
   * @throws ServiceException if the id that a tag fixes is invalid or taken
   */
  public static String choose(
      RecordReader records, IdSource ids, @Nullable Map<String, String> tags) {
    String fixed = fixed(tags);
    if (fixed != null) {
      if (taken(records, fixed)) {
        throw ServiceException.conflict("The API identifier " + fixed + " is already in use");
      }
      return fixed;
    }
    String id = ids.next(LENGTH);
    while (taken(records, id)) {
      id = ids.next(LENGTH);
    }
    return id;
  }

  private static @Nullable String fixed(@Nullable Map<String, String> tags) {
    if (tags == null) {
      return null;
    }
    for (String tag : TAGS) {
      String id = tags.get(tag);
      if (id != null) {
        if (!VALID.matcher(id).matches()) {
          throw ServiceException.badRequest(
              "Invalid API identifier specified by tag "
                  + tag
                  + ": 1 to 63 lower-case letters, digits and hyphens, no hyphen first or last");
        }
        return id;
      }
    }
    return null;
  }

  private static boolean taken(RecordReader records, String id) {
    return records.find(RecordTypes.API_SCOPE, "", id).isPresent();
  }
}
