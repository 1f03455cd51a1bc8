# Shell integration: tells the page each prompt, command line, start and exit code, as VS Code's OSC 633 does.
#   A;nonce prompt starts   B;nonce prompt ends   E;command;nonce and C;nonce command starts   D;status;nonce it ended
# In the command `\`, `;` and bytes below 0x20 are \xHH; more than 8192 characters are cut; it is empty where
# `set +o history` hides it. An empty line, a syntax error and a Ctrl-C at the prompt give no E, C and D.
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
__slipway_nonce=$(< /run/slipway-nonce)
__slipway_ran=0 __slipway_ps1='' __slipway_next=0

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

__slipway_before() { # in PS0, in a subshell
	local status=$? line number HISTTIMEFORMAT=
	# Several lines pasted at once run without a prompt between them.
	((__slipway_ran)) && builtin printf '\e]633;D;%s;%s\a' "$status" "$__slipway_nonce"
	line=$(builtin history 1)
	line=${line#"${line%%[! ]*}"}
	number=${line%%[!0-9]*}
	line=${line#"$number"} line=${line#?} line=${line# }
	[[ $number == "$((__slipway_next + __slipway_ran))" ]] || line=
	__slipway_escape "${line:0:8192}"
	builtin printf '\e]633;E;%s;%s\a' "$REPLY" "$__slipway_nonce"
	builtin printf '\e]633;C;%s\a' "$__slipway_nonce"
}

__slipway_prompt() {
	local status=$? a b
	((__slipway_ran)) && builtin printf '\e]633;D;%s;%s\a' "$status" "$__slipway_nonce"
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
	# The subscript counts in this shell, without a fork.
	PS0='$(__slipway_before)${__slipway_none[__slipway_ran+=1]-}'
	__slipway_next=$HISTCMD
}
# As a second element: a learner's PROMPT_COMMAND=... sets the first.
PROMPT_COMMAND=('' __slipway_prompt)
