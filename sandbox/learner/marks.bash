# Shell integration: tells the page each prompt, command line, start and exit code, as VS Code's OSC 633 does.
#   A;nonce prompt starts   B;nonce prompt ends
#   E;command;nonce, P;Cwd=folder;nonce and C;time;nonce: a command starts there
#   D;status;time;nonce it ended, times in seconds since 1970 with six decimals
#   S;nonce a new shell: what ran before has no D
# In command and folder `\`, `;` and bytes below 0x20 are \xHH. More than 8192 characters of a command are cut; it is empty
# where `set +o history` hides it; aliases that lead to docker or curl are replaced by what they stand for.
# A syntax error runs nothing: it gives E, C and D;2 after its message. The command before it in the same paste then has
# a D without status. An empty line, a comment and a Ctrl-C at the prompt give no E, C and D.
# The nonce keeps a printed file from faking a command.
# Only the terminal's first shell (and what it execs) makes marks: a bash inside it is a command like any other.

__slipway_session() { # field 6 of stat, after the name, which may hold anything
	local stat
	read -r stat < /proc/$BASHPID/stat && stat=${stat##*) } && set -- $stat && [ "$4" = "$BASHPID" ]
}
if ! __slipway_session || ! [ -r /run/slipway-nonce ]; then
	unset -f __slipway_session
	PROMPT_COMMAND=('history -a')
	return 0
fi
unset -f __slipway_session
if [[ -z ${__slipway_nonce-} ]]; then
	__slipway_nonce=$(< /run/slipway-nonce)
	builtin printf '\e]633;S;%s\a' "$__slipway_nonce"
fi
# As they are where a learner reads ~/.bashrc again.
__slipway_ran=${__slipway_ran:-0} __slipway_ps1='' __slipway_next=${__slipway_next:-0}

[ -e /run/slipway-welcomed ] || { cat /usr/local/lib/slipway/motd; : > /run/slipway-welcomed; }

__slipway_escape() { # into REPLY; bytewise
	local LC_ALL=C byte hex
	REPLY=${1//\\/\\x5c}
	REPLY=${REPLY//;/\\x3b}
	[[ $REPLY == *[[:cntrl:]]* ]] || return 0
	for byte in {1..31}; do
		builtin printf -v hex %02x "$byte"
		builtin printf -v byte "\\x$hex"
		REPLY=${REPLY//"$byte"/\\x$hex}
	done
}

__slipway_expand() { # into REPLY: the line with such aliases replaced, at its start and after ; & |
	local segment lead word value depth rest=$1
	REPLY=
	while [[ -n $rest ]]; do
		segment=${rest%%[;&|]*} rest=${rest:${#segment}}
		lead=${segment%%[![:space:]]*} segment=${segment:${#lead}}
		value=$segment
		for depth in 1 2 3 4; do
			word=${value%%[[:space:]]*}
			[[ $word =~ ^[[:alnum:]_.-]+$ && -n ${BASH_ALIASES[$word]-} ]] || break
			value=${BASH_ALIASES[$word]}${value:${#word}}
			[[ ${value%%[[:space:]]*} != "$word" ]] || break
		done
		[[ $value == *docker* || $value == *curl* ]] || value=$segment
		REPLY+=$lead$value${rest:0:1} rest=${rest:1}
	done
}

__slipway_line() { # into line: one entry that `history` printed, without its number
	line=${1#"${1%%[! ]*}"}
	line=${line#"${line%%[!0-9]*}"} line=${line#?} line=${line# }
	line=${line:0:8192}
}

__slipway_refused() { # into refused: the newest entry, from the $1th on, that is no comment; $2 of them are new
	local back line newest HISTTIMEFORMAT=
	for ((back = $1; back < $2 && back < 8; back++)); do
		newest=''
		((back)) && newest=$(builtin history "$back")
		line=$(builtin history "$((back + 1))")
		line=${line%"$newest"}
		__slipway_line "${line%$'\n'}"
		if [[ ${line#"${line%%[![:space:]]*}"} != '#'* ]]; then
			refused=$line
			return
		fi
	done
}

__slipway_begins() {
	__slipway_escape "$1"
	builtin printf '\e]633;E;%s;%s\a' "$REPLY" "$__slipway_nonce"
	__slipway_escape "${PWD-}"
	builtin printf '\e]633;P;Cwd=%s;%s\a\e]633;C;%s;%s\a' \
		"$REPLY" "$__slipway_nonce" "${EPOCHREALTIME-}" "$__slipway_nonce"
}
__slipway_ends() { builtin printf '\e]633;D;%s;%s;%s\a' "$1" "${EPOCHREALTIME-}" "$__slipway_nonce"; }

__slipway_after() { # what ran has ended with status $1, or then $2 was refused
	if ((__slipway_ran)); then
		if [[ -n $2 ]]; then __slipway_ends ''; else __slipway_ends "$1"; fi
	fi
	if [[ -n $2 ]]; then
		__slipway_begins "$2"
		__slipway_ends 2
	fi
}

__slipway_before() { # in PS0, in a subshell
	local status=$? new=$((HISTCMD - __slipway_next)) refused='' line='' HISTTIMEFORMAT=
	# Several lines pasted at once run without a prompt between them.
	((status == 2 && new > 1)) && __slipway_refused 1 "$new"
	__slipway_after "$status" "$refused"
	((new > 0)) && __slipway_line "$(builtin history 1)"
	__slipway_expand "$line"
	__slipway_begins "${REPLY:0:8192}"
}

__slipway_prompt() {
	local status=$? refused='' a b
	((status == 2 && __slipway_next)) && __slipway_refused 0 "$((HISTCMD - __slipway_next))"
	__slipway_after "$status" "$refused"
	__slipway_ran=0
	# The text of a command comes from the history, so each must get there.
	HISTCONTROL='' HISTIGNORE=''
	shopt -s cmdhist promptvars
	builtin history -a
	a="\\[\\e]633;A;$__slipway_nonce\\a\\]" b="\\[\\e]633;B;$__slipway_nonce\\a\\]"
	if [[ ${PS1-} != "$__slipway_ps1" ]]; then # the learner's own prompt gets the marks too
		PS1=${PS1-} PS1=${PS1//"$a"/} PS1=$a${PS1//"$b"/}$b
		__slipway_ps1=$PS1
	fi
	# The subscript is evaluated in this shell, without a fork.
	PS0='$({ __slipway_before; } 2>/dev/null)${__slipway_none[__slipway_ran=1,__slipway_next=HISTCMD]-}'
	__slipway_next=$HISTCMD # what grows beyond it is new
}
# As a second element: a learner's PROMPT_COMMAND=... sets the first. `set -x` shows the learner's commands, not these.
PROMPT_COMMAND=('' '{ __slipway_prompt; } 2>/dev/null')
