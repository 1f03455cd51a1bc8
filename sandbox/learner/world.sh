#!/bin/sh
# The learner's world, process 1 in namespaces of its own: mounts what it needs, then keeps its services running.
# Runs as root inside, which is an id without rights outside. fd 3: the channel to the terminal holder.
set -e
umask 022

mount -t tmpfs -o mode=755,size=64m tmpfs /run
mkdir -p /run/etc /run/log /data/docker /data/home /data/etc-docker
[ -e /data/home/.profile ] || cp /usr/local/lib/slipway/home/.profile /usr/local/lib/slipway/home/.bashrc /data/home/
mount --bind /data/home /root
mount --bind /data/etc-docker /etc/docker # so that a lesson's /etc/docker/daemon.json and certs.d are what they are anywhere

# The practice Docker Hub answers at 127.0.0.2; nothing else has a name.
printf '%s\n' '127.0.0.1 localhost' '::1 localhost ip6-localhost ip6-loopback' \
	'127.0.0.2 docker.io index.docker.io registry-1.docker.io auth.docker.io' > /run/etc/hosts
printf 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n' > /run/etc/resolv.conf
mount --bind /run/etc/hosts /etc/hosts
mount --bind /run/etc/resolv.conf /etc/resolv.conf
if [ -n "$(echo /hub/ca/*.crt | grep -v '\*')" ]; then # curl reads one file; the engine reads SSL_CERT_DIR
	cat /etc/ssl/certs/ca-certificates.crt /hub/ca/*.crt > /run/etc/ca-certificates.crt
	mount --bind /run/etc/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
fi
ip link set lo up

umask 077
printf %s "$SANDBOX_NONCE" > /run/slipway-nonce
umask 022
unset SANDBOX_NONCE
rm -f /box/engine.sock /box/registry.sock /box/files.sock /box/hub-registry.sock
# Not the container's log: a learner could write without end what the host's engine would have to read.
exec /usr/local/lib/slipway/supervise /usr/local/lib/slipway/world.services >/dev/null 2>&1
