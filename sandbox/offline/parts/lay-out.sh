#!/bin/sh
# Fills /out/layers from Debian's packages. Runs as root in a container made for it, and leaves nothing else behind.
set -eu
export DEBIAN_FRONTEND=noninteractive
native=$(dpkg --print-architecture)
case $native in
  amd64) other=arm64 ;;
  arm64) other=amd64 ;;
  *) echo "Slipway's stand-ins exist for amd64 and arm64, not for $native" >&2; exit 1 ;;
esac
out=/out/layers
before=$(mktemp)
dpkg-query -W -f '${binary:Package}\n' > "$before"

# nginx's maintainer scripts try to start it.
printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d && chmod +x /usr/sbin/policy-rc.d
dpkg --add-architecture "$other"
apt-get update -q
apt-get install -y -q --no-install-recommends \
  busybox-static nginx binutils-x86-64-linux-gnu binutils-aarch64-linux-gnu
mkdir -p /tmp/other && cd /tmp/other && chmod 777 . && apt-get download -q "busybox-static:$other" && dpkg -x busybox-static_*.deb .

# base-ARCH: busybox with a hard link for each applet, as hundreds of symbolic ones take long to unpack. Both
# architectures have the same applets: one package, one version.
for arch in "$native" "$other"; do
  l=$out/base-$arch
  mkdir -p "$l"
  cp -a "$out/base/." "$l/"
  for d in bin dev home lib media mnt opt proc root run sbin srv sys tmp usr/bin usr/lib usr/local/bin usr/sbin var/cache var/log var/tmp; do
    mkdir -p "$l/$d"
  done
  chmod 1777 "$l/tmp" "$l/var/tmp"; chmod 700 "$l/root"
  ln -s ../run "$l/var/run"
  if [ "$arch" = "$native" ]; then cp /bin/busybox "$l/bin/busybox"; else cp /tmp/other/usr/bin/busybox "$l/bin/busybox"; fi
  chmod 755 "$l/bin/busybox"
  busybox --list-full | while read -r applet; do
    case $applet in bin/busybox|usr/bin/busybox|linuxrc|*/init|init) continue ;; esac
    mkdir -p "$l/$(dirname "$applet")"
    ln -f "$l/bin/busybox" "$l/$applet"
  done
done
rm -r "$out/base"

# libraries PROGRAM: the shared libraries it is linked to, by the paths where the loader looks for them.
libraries() { ldd "$1" | grep -o '/[^ ]*'; }
copy_to() { while read -r file; do mkdir -p "$1$(dirname "$file")"; cp -L "$file" "$1$file"; done; }

libraries /usr/bin/docker-registry | copy_to "$out/libc"
libraries /usr/sbin/nginx | while read -r file; do [ -e "$out/libc$file" ] || echo "$file"; done | copy_to "$out/nginx-program"

echo /usr/sbin/nginx | copy_to "$out/nginx-program"
for file in mime.types fastcgi_params uwsgi_params scgi_params; do cp "/etc/nginx/$file" "$out/nginx-conf/etc/nginx/"; done
mkdir -p "$out/nginx-conf/var/log/nginx" "$out/nginx-conf/var/cache/nginx" "$out/nginx-conf/var/lib/nginx" "$out/nginx-conf/usr/lib/nginx/modules"
ln -s /dev/stdout "$out/nginx-conf/var/log/nginx/access.log"
ln -s /dev/stderr "$out/nginx-conf/var/log/nginx/error.log"
mkdir -p "$out/nginx-conf/docker-entrypoint.d"
chmod 755 "$out/nginx-conf/docker-entrypoint.sh"

mkdir -p "$out/registry/bin" "$out/registry/etc/ssl/certs" "$out/registry/var/lib/registry"
cp /usr/bin/docker-registry "$out/registry/bin/registry"
cp /etc/ssl/certs/ca-certificates.crt "$out/registry/etc/ssl/certs/"
chmod 755 "$out/registry/entrypoint.sh"

hello() { # ARCH TRIPLET
  mkdir -p "$out/hello-$1"
  sed "s/@ARCH@/$1/" /src/greeting.txt > /tmp/greeting.txt
  (cd /tmp && "$2-as" -o hello.o "/src/hello.$1.s" && "$2-ld" -s -n -o "$out/hello-$1/hello" hello.o)
}
hello amd64 x86_64-linux-gnu
hello arm64 aarch64-linux-gnu

version() { dpkg-query -W -f '${source:Upstream-Version}' "$1"; }
mkdir -p /out/facts
printf %s "$native" > /out/facts/architecture
version nginx > /out/facts/nginx
version busybox-static > /out/facts/busybox
version docker-registry | sed 's/[+~].*//' > /out/facts/registry

# A stand-in says what it is, where a learner looks.
for tag in 1.26 1.27; do
  page=$out/nginx-page-$tag/usr/share/nginx/html
  mkdir -p "$page"
  sed -e "s/@TAG@/$tag/g" -e "s/@VERSION@/$(version nginx)/g" /out/layers/nginx-page/index.html > "$page/index.html"
  cp /out/layers/nginx-page/50x.html "$page/50x.html"
done
rm -r "$out/nginx-page"
for tag in 3.19 3.20; do
  mkdir -p "$out/alpine-$tag"
  cp -a "$out/alpine/." "$out/alpine-$tag/"
  for file in etc/alpine-release etc/os-release etc/issue sbin/apk; do
    sed -i -e "s/@TAG@/$tag/g" -e "s/@BUSYBOX@/$(version busybox-static)/g" "$out/alpine-$tag/$file"
  done
  chmod 755 "$out/alpine-$tag/sbin/apk"
done
rm -r "$out/alpine"
for tag in 1.35 1.36; do
  mkdir -p "$out/busybox-$tag/etc"
  echo "Slipway's stand-in for busybox $tag: Debian's busybox $(version busybox-static)" > "$out/busybox-$tag/etc/slipway-stand-in"
done

dpkg-query -W -f '${binary:Package}\n' | grep -vxF -f "$before" | xargs dpkg --purge --force-all > /dev/null 2>&1 || true
rm -rf /tmp/* /src /usr/sbin/policy-rc.d /var/lib/apt/lists/* /var/cache/apt/* /var/log/*.log /var/log/apt
