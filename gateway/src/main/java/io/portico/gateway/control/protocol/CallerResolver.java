package io.portico.gateway.control.protocol;

import io.portico.gateway.aws.SignatureHeader;
import io.portico.gateway.aws.SourceArn;
import io.portico.gateway.http.HttpRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Says on whose behalf a request is made: the account is the configured one, or the access key id
 * where that is an account's number; the region is that of the signature, else the configured one.
 * Signatures are read, not verified; what a web page may have sent has no caller at all.
 */
public final class CallerResolver {
  private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");

  private final String accountId;
  private final String region;
  private final ControlHosts hosts;

  /**
   * @param accountId twelve digits
   * @param region such as {@code us-east-1}
   * @param hosts the names by which callers may reach the control plane
   */
  public CallerResolver(String accountId, String region, ControlHosts hosts) {
    if (!ACCOUNT.matcher(accountId).matches()) {
      throw new IllegalArgumentException("an account id has twelve digits: " + accountId);
    }
    this.accountId = accountId;
    this.region = region;
    this.hosts = hosts;
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
        ACCOUNT.matcher(accessKeyId).matches() ? accessKeyId : accountId,
        signedRegion == null ? region : signedRegion,
        accessKeyId,
        sourceArn);
  }
}
