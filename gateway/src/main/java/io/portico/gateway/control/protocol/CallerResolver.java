package io.portico.gateway.control.protocol;

import io.portico.gateway.aws.SignatureHeader;
import io.portico.gateway.aws.SourceArn;
import io.portico.gateway.http.HttpRequest;
import java.util.Optional;
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

  /** What the ids of temporary access keys begin with. */
  private static final String TEMPORARY = "ASIA";

  private final String accountId;
  private final String region;
  private final ControlHosts hosts;
  private final TemporaryKeys keys;

  /** The access keys that were given out for a while. */
  @FunctionalInterface
  public interface TemporaryKeys {
    /** The account for which a key was given out, or null where it was not. */
    @Nullable String accountOf(String accessKeyId);
  }

  /**
   * @param accountId twelve digits
   * @param region such as {@code us-east-1}
   * @param hosts the names by which callers may reach the control plane
   */
  public CallerResolver(String accountId, String region, ControlHosts hosts) {
    this(accountId, region, hosts, accessKeyId -> null);
  }

  /**
   * As {@link #CallerResolver(String, String, ControlHosts)}.
   *
   * @param keys asked about every request that is signed with a temporary key
   */
  public CallerResolver(String accountId, String region, ControlHosts hosts, TemporaryKeys keys) {
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
   * @throws ServiceException {@code IncompleteSignatureException} if a signature cannot be read
   */
  public Caller resolve(HttpRequest request) {
    Optional<SignatureHeader> signature;
    try {
      signature = SignatureHeader.of(request);
    } catch (IllegalArgumentException e) {
      throw new ServiceException(
          "IncompleteSignatureException", 403, String.valueOf(e.getMessage()));
    }
    String sourceArn = request.headers().first(SourceArn.HEADER);
    if (signature.isEmpty()) {
      return new Caller(accountId, region, null, sourceArn);
    }
    String accessKeyId = signature.get().accessKeyId();
    String signedRegion = signature.get().region();
    return new Caller(
        account(accessKeyId), signedRegion == null ? region : signedRegion, accessKeyId, sourceArn);
  }

  private String account(String accessKeyId) {
    if (ACCOUNT.matcher(accessKeyId).matches()) {
      return accessKeyId;
    }
    String issuedFor = accessKeyId.startsWith(TEMPORARY) ? keys.accountOf(accessKeyId) : null;
    return issuedFor == null ? accountId : issuedFor;
  }
}
