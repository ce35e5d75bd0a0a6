package io.portico.gateway.control.protocol;

import io.portico.gateway.aws.SignatureHeader;
import io.portico.gateway.aws.SourceArn;
import io.portico.gateway.aws.UnreadableSignatureException;
import io.portico.gateway.http.HttpRequest;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says on whose behalf a request is made: the account is the configured one, unless the access key
 * id is an account's number or was given out for another; the region is that of the signature, else
 * the configured one. Signatures are read, not verified; what a web page may have sent has no
 * caller at all.
 */
public final class CallerResolver {
  private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");

  /** What the ids of access keys that AWS gives out begin with; the second are temporary. */
  private static final String LASTING = "AKIA";

  private static final String TEMPORARY = "ASIA";

  private static final Set<String> OF_QUERY_PROTOCOL = Set.of("iam", "sts", "monitoring");

  private final String accountId;
  private final String region;
  private final ControlHosts hosts;
  private final IssuedKeys keys;

  /** The access keys that were given out. */
  @FunctionalInterface
  public interface IssuedKeys {
    /** What is known of the key of a signature, or null where it was not given out here. */
    @Nullable IssuedKey find(SignatureHeader signature);
  }

  /**
   * A key that was given out.
   *
   * @param accountId for which
   * @param usable whether requests may be signed with it
   */
  public record IssuedKey(String accountId, boolean usable) {}

  /**
   * @param accountId twelve digits
   * @param region such as {@code us-east-1}
   * @param hosts the names by which callers may reach the control plane
   */
  public CallerResolver(String accountId, String region, ControlHosts hosts) {
    this(accountId, region, hosts, signature -> null);
  }

  /**
   * As {@link #CallerResolver(String, String, ControlHosts)}.
   *
   * @param keys asked about every request that is signed with a key such as AWS gives out
   */
  public CallerResolver(String accountId, String region, ControlHosts hosts, IssuedKeys keys) {
    if (!ACCOUNT.matcher(accountId).matches()) {
      throw new IllegalArgumentException("an account id has twelve digits: " + accountId);
    }
    this.accountId = accountId;
    this.region = region;
    this.hosts = hosts;
    this.keys = keys;
  }

  /**
   * Refuses a request that a web page may have sent. Comes before anything else is said about it.
   *
   * @throws ServiceException {@code AccessDeniedException}
   */
  void admit(HttpRequest request) {
    hosts.check(request);
  }

  /**
   * @throws ServiceException {@code IncompleteSignatureException} if a signature cannot be read;
   *     {@code UnrecognizedClientException} if it is of a key that is not good any more
   */
  public Caller resolve(HttpRequest request) {
    Optional<SignatureHeader> signature;
    try {
      signature = SignatureHeader.of(request);
    } catch (UnreadableSignatureException e) {
      throw new ServiceException("IncompleteSignatureException", 403, e.text());
    }
    String sourceArn = request.headers().first(SourceArn.HEADER);
    if (signature.isEmpty()) {
      return new Caller(accountId, region, null, sourceArn);
    }
    String accessKeyId = signature.get().accessKeyId();
    String signedRegion = signature.get().region();
    return new Caller(
        account(signature.get()),
        signedRegion == null ? region : signedRegion,
        accessKeyId,
        sourceArn);
  }

  /** Whether an id is one such as AWS gives out, so that it is somebody's or nobody's. */
  public static boolean isIssued(String accessKeyId) {
    return accessKeyId.startsWith(LASTING) || accessKeyId.startsWith(TEMPORARY);
  }

  private String account(SignatureHeader signature) {
    String accessKeyId = signature.accessKeyId();
    if (ACCOUNT.matcher(accessKeyId).matches()) {
      return accessKeyId;
    }
    IssuedKey issued = isIssued(accessKeyId) ? keys.find(signature) : null;
    if (issued != null && !issued.usable()) {
      // AWS: IAM, STS and CloudWatch have another name for it; source: documented, their common
      // errors.
      throw new ServiceException(
          OF_QUERY_PROTOCOL.contains(signature.service())
              ? "InvalidClientTokenId"
              : "UnrecognizedClientException",
          403,
          "The security token included in the request is invalid.");
    }
    return issued == null ? accountId : issued.accountId();
  }
}
