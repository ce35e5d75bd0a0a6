/** STS: who calls, and temporary credentials. Knows IAM's roles; nobody is refused one. */
@NullMarked
package io.portico.gateway.control.sts;

import org.jspecify.annotations.NullMarked;
