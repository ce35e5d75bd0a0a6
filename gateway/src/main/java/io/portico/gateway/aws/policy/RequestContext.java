package io.portico.gateway.aws.policy;

import io.portico.gateway.aws.AccessKey;
import io.portico.gateway.http.HttpRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What conditions may ask for. A key that is known to have no value for this request is another
 * thing than one of which nothing is known: what a condition on the latter says is not known
 * either.
 */
public final class RequestContext {
  /** What conditions may ask for and no request has here. */
  private static final List<String> ABSENT =
      List.of(
          "aws:MultiFactorAuthPresent",
          "aws:PrincipalOrgID",
          "aws:PrincipalOrgPaths",
          "aws:SourceAccount",
          "aws:SourceArn",
          "aws:SourceOrgID",
          "aws:SourceVpc",
          "aws:SourceVpce",
          "aws:username",
          "aws:VpcSourceIp");

  private final Map<String, @Nullable String> values;

  private RequestContext(Map<String, @Nullable String> values) {
    this.values = new HashMap<>(values);
  }

  /** These keys and no others. */
  public static RequestContext of(Map<String, String> values) {
    Builder builder = new Builder();
    values.forEach(builder::put);
    return builder.build();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** A builder of what is known of somebody's request to something of his or another account. */
  public static Builder ofRequest() {
    Builder builder = new Builder();
    ABSENT.forEach(key -> builder.put(key, null));
    return builder;
  }

  /**
   * A builder of what is known of a request to something in a region, but for who has sent it.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html">Global
   *     condition keys</a>
   */
  public static Builder ofRequest(HttpRequest request, String region) {
    return ofRequest()
        .put("aws:Referer", request.headers().first("Referer"))
        .put("aws:RequestedRegion", region)
        .put("aws:SecureTransport", Boolean.toString(request.connection().tls() != null))
        .put("aws:SourceIp", request.connection().remoteIp())
        .put("aws:UserAgent", request.headers().first("User-Agent"))
        .put("aws:ViaAWSService", "false");
  }

  /** A builder that starts with these keys. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.values.putAll(values);
    return builder;
  }

  /** Whether anything is known of a key, in lower case. */
  boolean knows(String key) {
    return values.containsKey(key);
  }

  /** The value of a key, in lower case, or null. */
  @Nullable String value(String key) {
    return values.get(key);
  }

  /** Collects keys, whose casing does not matter. */
  public static final class Builder {
    private final Map<String, @Nullable String> values = new HashMap<>();

    private Builder() {}

    /**
     * Adds a key.
     *
     * @param value null where the request has none
     */
    public Builder put(String key, @Nullable String value) {
      values.put(key.toLowerCase(Locale.ROOT), value);
      return this;
    }

    // AWS: source: documented, IAM User Guide, "Principal key values".

    /** Adds who has signed. */
    public Builder signedBy(AccessKey key, IamIdentity identity) {
      String user = userName(identity);
      return put("aws:PrincipalAccount", key.principal().accountId())
          .put("aws:PrincipalArn", identity.arn())
          .put("aws:PrincipalIsAWSService", "false")
          .put(
              "aws:PrincipalType",
              identity.requester().root() ? "Account" : user == null ? "AssumedRole" : "User")
          .put("aws:userid", key.principal().userId())
          .put("aws:username", user);
    }

    private static @Nullable String userName(IamIdentity identity) {
      String arn = identity.arn();
      return arn.contains(":user/") ? arn.substring(arn.lastIndexOf('/') + 1) : null;
    }

    /** Adds that nobody has signed. */
    public Builder signedByNobody() {
      return put("aws:PrincipalAccount", null)
          .put("aws:PrincipalArn", null)
          .put("aws:PrincipalIsAWSService", "false")
          .put("aws:PrincipalType", "Anonymous")
          .put("aws:userid", "anonymous");
    }

    public RequestContext build() {
      return new RequestContext(values);
    }
  }
}
